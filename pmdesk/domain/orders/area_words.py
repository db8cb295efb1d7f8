"""The words that people use for what all share; a name, or a slip in one, is none of them."""

import re

_THINGS = """
大堂 大厅 门厅 前厅 中庭 中堂 电梯厅 电梯间 电梯前室 前室 电梯 扶梯 货梯 客梯 消防梯 楼梯 楼梯间
步梯 楼道 过道 通道 走廊 走道 连廊 外廊 回廊 架空层 夹层 避难层 设备层 转换层 天井 采光井 楼顶
顶楼 顶层 屋顶 房顶 屋面 天台 露台 平台 外墙 外立面 墙面 墙体 围墙 围栏 栏杆 护栏 雨棚 雨篷 檐口
幕墙 单元门 入户门 防火门 大门 正门 侧门 后门 前门 边门 小门 门口 出口 入口 出入口 门禁 岗亭 门岗
门卫 门卫室 门房 传达室 保安室 保安亭 值班室 监控室 消控室 道闸 闸机 服务中心 客服中心 物业 物业处
办公室 前台 接待处 地下室 地库 地下 车库 停车场 停车位 车位 车棚 自行车棚 电动车棚 车道 坡道
车行道 人行道 充电桩 充电棚 充电站 充电口 充电处 道路 马路 小路 主路 主干道 消防通道 消防车道 路口
路面 路边 路灯 路牌 花园 花坛 花池 花圃 花架 草坪 草地 绿地 绿化 绿化带 绿篱 树木 大树 苗圃 水池
喷泉 喷水池 水景 景观 景观池 鱼池 池塘 人工湖 假山 凉亭 亭子 廊架 长廊 座椅 长椅 石凳 石桌 木桥
小桥 雕塑 广场 游乐场 乐园 游乐区 游乐设施 滑梯 健身区 健身房 健身器材 球场 篮球场 足球场 网球场
羽毛球场 乒乓球台 泳池 游泳池 会所 幼儿园 超市 驿站 商铺 底商 活动室 活动中心 阅览室 棋牌室 垃圾房
垃圾桶 垃圾站 垃圾点 垃圾箱 垃圾投放点 投放点 分类点 快递柜 快递架 信报箱 信箱 奶箱 宣传栏 公告栏
公示栏 布告栏 配电房 配电室 配电间 配电箱 电房 电表箱 电表间 电表 水表 水表间 水表箱 水表井 燃气表
水泵房 泵房 水箱 水箱间 水井 管井 水管井 电井 强电井 弱电井 弱电箱 管道井 化粪池 污水井 雨水井
窨井 窨井盖 井盖 消防栓 消火栓 消防箱 消防门 消防设施 消防泵房 发电机房 机房 设备间 设备房
空调机房 风机房 热力站 换热站 锅炉房 工具间 杂物间 储藏室 库房 仓库 公厕 卫生间 厕所 洗手间 室外机
室外机平台 外机平台 管道 水管 雨水管 排水管 排水沟 下水道 监控 摄像头 对讲 对讲机 照明 声控灯 路障
户外 室外 室内 户外区 小区 园区 院子 院内 公区 公共区域 公共部位 公共设施 之间
"""
_COUNT = "[0-9A-Z一二三四五六七八九十]"
_COUNTED = f"{_COUNT}+(?:单元|号[楼门岗路口机梯井泵桩]|#楼?|[层楼栋幢座区期])|[东西南北](?:单元|区)"
_SIDE = "[东西南北]{1,2}(?:侧|边|面|角|门|头)"
_THING = "|".join(sorted(_THINGS.split(), key=len, reverse=True))
_SORT = (  # what stands before or behind such a word
    f"{_COUNT}|儿童|中心|中央|附近|对面|[东南西北中前后左右上下内外侧边面角旁处里口负底]"
    "|[大小新老旧公共全各每第与和及的号层楼门#/、.()-]"
)
_PLACE = re.compile(f"(?:{_SORT})*(?:{_THING}|{_COUNTED}|{_SIDE})(?:{_THING}|{_COUNTED}|{_SORT})*")
_SPOT = re.compile(f"(?:{_THING}|{_COUNTED}|{_SIDE}|{_SORT})*")


def is_place(words: str) -> bool:
    """Whether all of it is a place that all share: 地下车库2层, 东北门, 3栋与5栋之间."""
    return _PLACE.fullmatch(words) is not None


def is_spot(words: str) -> bool:
    """Whether it is a part of a building that is named already: 东侧, 12层走廊, or nothing."""
    return _SPOT.fullmatch(words) is not None
